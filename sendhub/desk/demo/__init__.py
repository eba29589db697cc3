"""The demo: three schools whose pupils, staff, classes and families come in through the import, and the cast.

`samples/` holds the files, `shift` brings their dates to the present school year, `cast` the people one can sign in as,
`lines` the first things to know, `terms` the calendar, and `build` puts it together. All people are invented.
"""
