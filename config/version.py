"""The version of this code, in one place: /readyz, the foot of the staff pages and CHANGELOG.md say the same."""

VERSION = "0.9.0"
