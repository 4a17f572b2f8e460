checks-ok = OK
checks-wrong = Problem
checks-off = Not used
checks-name-settings = settings
checks-name-database = database
checks-name-disk = disk
checks-name-model = model
checks-name-workspaces = workspaces
