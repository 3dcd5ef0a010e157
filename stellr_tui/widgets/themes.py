"""The portal's colours: quiet surfaces, one blue for what is chosen, amber for what needs an eye on it."""

from textual.theme import Theme

STELLR_DARK = Theme(
    name="stellr-dark",
    dark=True,
    primary="#1f7fd1",
    secondary="#4fa3a5",
    accent="#f0a63c",
    foreground="#e4e8ec",
    background="#0f1317",
    surface="#171d24",
    panel="#202a34",
    success="#3f9e69",
    warning="#e0a030",
    error="#d9534f",
    variables={
        # Underlined where Textual would reverse: only the words would be reversed, not the whole button.
        "button-focus-text-style": "bold underline",
        "primary-background": "#1b3247",
        "scrollbar": "#33424f",
        "scrollbar-hover": "#46596a",
        "scrollbar-background": "#12181e",
    },
)
