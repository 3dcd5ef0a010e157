"""The portal's colours, dark, light and of high contrast: quiet surfaces, blue for what is chosen, amber for a look."""

from textual.theme import Theme

# Underlined where Textual would reverse: only the words would be reversed, not the whole button.
_FOCUS = {"button-focus-text-style": "bold underline"}

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
        **_FOCUS,
        "primary-background": "#1b3247",
        "scrollbar": "#33424f",
        "scrollbar-hover": "#46596a",
        "scrollbar-background": "#12181e",
    },
)

STELLR_LIGHT = Theme(
    name="stellr-light",
    dark=False,
    primary="#1668b0",
    secondary="#2f7a7c",
    accent="#a35c00",
    foreground="#1b232b",
    background="#f3f5f7",
    surface="#ffffff",
    panel="#e2e8ee",
    success="#23754a",
    warning="#8f5600",
    error="#b3261e",
    variables={
        **_FOCUS,
        "primary-background": "#cfe0f0",
        # A field in focus: lighter than the others it would be lost on the page.
        "panel-lighten-1": "#b9d3ec",
        "scrollbar": "#a9b7c4",
        "scrollbar-hover": "#8799a8",
        "scrollbar-background": "#e2e8ee",
    },
)

STELLR_CONTRAST = Theme(
    name="stellr-contrast",
    dark=True,
    primary="#4fb3ff",
    secondary="#5fe0e0",
    accent="#ffd75f",
    foreground="#ffffff",
    background="#000000",
    surface="#1c1c1c",
    panel="#303030",
    success="#5fff87",
    warning="#ffd75f",
    error="#ff8787",
    variables={
        **_FOCUS,
        "primary-background": "#003a66",
        "text-muted": "#e0e0e0",
        "text-disabled": "#c0c0c0",
        "scrollbar": "#c0c0c0",
        "scrollbar-hover": "#ffffff",
        "scrollbar-background": "#262626",
    },
)

THEMES = {"dark": STELLR_DARK, "light": STELLR_LIGHT, "contrast": STELLR_CONTRAST}
"""The themes by the names that the settings have for them."""
