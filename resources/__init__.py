"""Files the program carries: icons, translations, the sample film, licences. Holds no code that runs in the program."""
