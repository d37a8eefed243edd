// The target's sources come here.
