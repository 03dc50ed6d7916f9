"""The letters with which organs refer disputes, and with which they answer, as files of the referral."""
