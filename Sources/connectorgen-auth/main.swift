import AuthServer

ConnectorgenAuth.main()
