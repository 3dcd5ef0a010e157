"""Read-only knowledge: catalogue, policy, postal codes, texts. Loaded when first asked for."""
