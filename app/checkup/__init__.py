"""The check-up before the day: can this computer, its network and its plan carry the evening?"""
