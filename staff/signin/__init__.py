"""How people prove who they are: our settings of allauth and what it lacks. Who works here is in models; the screens
are in staff/views. docs/decisions/0005 says why each rule is as it is."""
