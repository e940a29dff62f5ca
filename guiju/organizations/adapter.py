"""How django-allauth signs people in here: nobody signs up by themselves, failures are counted in the database."""

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: object) -> bool:
        return False
