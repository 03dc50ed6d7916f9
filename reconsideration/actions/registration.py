REGISTRATION: tuple = ()
