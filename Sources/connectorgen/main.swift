import ConnectorCLI

Connectorgen.main()
