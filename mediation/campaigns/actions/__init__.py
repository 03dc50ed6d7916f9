"""What people do in screening for disputes."""

from mediation.campaigns.actions import campaigns, key_disputes, leads

ACTIONS = (*campaigns.ACTIONS, *leads.ACTIONS, *key_disputes.ACTIONS)
