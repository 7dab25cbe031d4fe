"""Bags -> findings: BagIt's rules, versions beside one another, audits, what is to be deposited."""
