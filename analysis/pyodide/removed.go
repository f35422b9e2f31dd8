package pyodide

// InsteadOf completes "use …" for a module of the standard library that is gone, where there is another one for the same.
// Sources: https://peps.python.org/pep-0594/, https://docs.python.org/3/whatsnew/3.12.html#removed,
// https://pyodide.org/en/stable/usage/wasm-constraints.html
var InsteadOf = map[string]string{
	"asynchat": "asyncio", "asyncore": "asyncio", "binhex": "binascii", "cgi": "urllib.parse", "cgitb": "traceback",
	"curses": "the elements of the page", "dbm": "sqlite3", "dummy_threading": "threading", "ensurepip": "micropip", "imp": "importlib",
	"lib2to3": "ast", "mailcap": "mimetypes", "ossaudiodev": "js.Audio", "pipes": "shlex", "readline": "the console of the page",
	"sndhdr": "wave", "telnetlib": "js.WebSocket", "tkinter": "the elements of the page", "turtle": "a canvas of the page",
	"uu": "binascii", "winsound": "js.Audio", "xdrlib": "struct",
}

// Backports are the packages of Pyodide that bring a module which Python has given up.
// Source: https://setuptools.pypa.io/en/latest/deprecated/distutils-legacy.html
var Backports = map[string]string{"distutils": "setuptools"}
