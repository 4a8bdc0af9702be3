"""Who people are: residents and households from the register, roles, logins and organisations."""
