"""Addresses for service as the parties confirmed them (送达地址确认书), with the consent to electronic service.

Interpretation of the Civil Procedure Law 2022, art. 136; Interpretation of the Administrative Litigation Law, art. 51.
"""
