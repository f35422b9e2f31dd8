package pyodide

// How a folder is mounted that is to stay when the page is left, and how it is synced. IDBFS keeps files in the browser's
// database, a native one in a folder of the reader's or of the site's own; both hold what is written in memory until then.
// Sources: https://emscripten.org/docs/api_reference/Filesystem-API.html#filesystem-api-idbfs,
// https://pyodide.org/en/stable/usage/file-system.html#mounting-directories, https://docs.pyscript.net/latest/api/fs/
const (
	MountMethod    = "FS.mount"
	DatabaseFS     = "IDBFS"
	MountNative    = "mountNativeFS"
	SyncMethod     = "syncfs"
	PyScriptMount  = "pyscript.fs.mount"
	AutoPersist    = "autoPersist"
	PersistsItself = V028 // on which autoPersist is known to Emscripten
)

// PyScriptSyncs are the functions that sync what PyScript has mounted, by canonical name.
var PyScriptSyncs = words(`pyscript.fs.sync pyscript.fs.unmount`)

// Writers are the functions of Python that write to a file, by canonical name, with the position of its path.
// Sources: https://docs.python.org/3/library/os.html, https://docs.python.org/3/library/shutil.html
var Writers = map[string]int{
	"os.rename": 1, "os.replace": 1, "shutil.copy": 1, "shutil.copyfile": 1, "shutil.copy2": 1,
	"shutil.move": 1, "sqlite3.connect": 0,
}

// PathWriters are the methods of a path that write to the file, and Paths are the functions that make a path of their first
// argument, by canonical name.
// Source: https://docs.python.org/3/library/pathlib.html
var (
	PathWriters = words(`write_text write_bytes touch`)
	Paths       = words(`pathlib.Path pathlib.PurePath pathlib.PosixPath os.path.join builtins.str os.fspath`)
)
