"""履职 What deputies and the bodies around them are asked to do, and what they did: regulations, sheets, explanations."""
