"""The two years in which enforcement can be applied for (Interpretation 2018, art. 153): what is near their end."""
