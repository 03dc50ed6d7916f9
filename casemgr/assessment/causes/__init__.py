"""Root causes: corrected acts and lost suits by agency, article and flaw; letters about them; whether they came back.

Read from the cases each time: nothing here can differ from the register.
"""
