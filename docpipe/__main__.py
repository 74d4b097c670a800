"""`python -m docpipe` is the command `docpipe`."""

from docpipe.cli import main

if __name__ == "__main__":
    main()
