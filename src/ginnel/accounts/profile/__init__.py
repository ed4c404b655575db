"""About me: what a person says about themself, a question at a time, when something they do here needs it."""
