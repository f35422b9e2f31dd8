package pyodide

// HostShell is the call that runs a command: nowhere in a browser, and under Node on the machine itself.
const HostShell = "os.system"

// Processes are the calls that start another process, share something with one, or want a signal from the system.
// Sources: https://pyodide.org/en/stable/usage/wasm-constraints.html, and each supported version in Chromium.
var Processes = lacking(
	lacks{`subprocess.run subprocess.Popen subprocess.call subprocess.check_call subprocess.check_output subprocess.getoutput
		subprocess.getstatusoutput os.popen`, Lack{
		Why: `raises "emscripten does not support processes"`, Raises: []string{"OSError"}, Source: constraints,
	}},
	lacks{`os.fork os.spawnl os.spawnle os.spawnlp os.spawnlpe os.spawnv os.spawnve os.spawnvp os.spawnvpe`, Lack{
		Why: "raises OSError, for there are no processes", Raises: []string{"OSError"}, Source: constraints,
	}},
	lacks{`os.execl os.execle os.execlp os.execlpe os.execv os.execve os.execvp os.execvpe`, Lack{
		Why: "raises OSError, for there are no processes", Raises: []string{"OSError"}, Source: constraints,
	}},
	lacks{`os.posix_spawn os.posix_spawnp os.forkpty signal.alarm signal.setitimer`, Lack{
		Why: "does not exist in Pyodide", Raises: []string{"AttributeError"}, Source: constraints,
	}},
	lacks{HostShell, Lack{Why: "runs nothing in a browser and returns -1", Source: constraints}},
	lacks{`asyncio.create_subprocess_exec asyncio.create_subprocess_shell asyncio.AbstractEventLoop.subprocess_exec
		asyncio.AbstractEventLoop.subprocess_shell`, Lack{
		Why: "raises NotImplementedError, for there are no processes", Raises: []string{"NotImplementedError"},
		Source: "https://pyodide.org/en/stable/usage/api/python-api/webloop.html",
	}},
	lacks{`multiprocessing.Process.start`, Lack{
		Why: "raises OSError, and from Pyodide 314 on ModuleNotFoundError, for there are no processes", Raises: []string{"OSError", "ImportError", "ModuleNotFoundError"},
		Source: constraints,
	}},
	lacks{`multiprocessing.Manager`, Lack{
		Why: "starts a process, and there are none", Raises: []string{"OSError", "ImportError", "ModuleNotFoundError"}, Source: constraints,
	}},
	lacks{`multiprocessing.Pipe`, Lack{Why: "raises OSError, for there are no processes to talk to", Raises: []string{"OSError"}, Source: constraints}},
	lacks{`multiprocessing.Pool multiprocessing.Queue multiprocessing.SimpleQueue multiprocessing.JoinableQueue multiprocessing.Lock multiprocessing.RLock
		multiprocessing.Event multiprocessing.Condition multiprocessing.Semaphore multiprocessing.BoundedSemaphore
		multiprocessing.Barrier multiprocessing.Value multiprocessing.Array multiprocessing.shared_memory.SharedMemory`, Lack{
		Why: "raises ModuleNotFoundError, for there are no processes to share it with", Raises: []string{"ImportError", "ModuleNotFoundError"},
		Source: constraints,
	}},
	lacks{`concurrent.futures.ProcessPoolExecutor concurrent.futures.process.ProcessPoolExecutor`, Lack{
		Why:    "raises ModuleNotFoundError, and from Pyodide 0.28 on NotImplementedError, for there are no processes",
		Raises: []string{"ImportError", "ModuleNotFoundError", "NotImplementedError"}, Source: constraints,
	}},
)

const constraints = "https://pyodide.org/en/stable/usage/wasm-constraints.html"
