package pyodide

// SyncStarter makes a context manager that starts Playwright with a loop of its own, which runs until it is left.
// Source: https://playwright.dev/python/docs/library; playwright/sync_api/_context_manager.py of 1.65
const SyncStarter = "playwright.sync_api.sync_playwright"

// SyncFixtures are the fixtures of pytest-playwright that start Playwright, for the whole session.
// Source: https://playwright.dev/python/docs/test-runners#fixtures
var SyncFixtures = map[string]bool{
	"playwright": true, "browser_type": true, "launch_browser": true, "browser": true, "new_context": true, "context": true, "page": true,
}

// SyncPlaywright is the module of Playwright's synchronous interface, and AsyncPlaywright of the other one.
const (
	SyncPlaywright  = "playwright.sync_api"
	AsyncPlaywright = "playwright.async_api"
)

// LoopRunners are the calls that run an event loop, which one that runs does not allow.
// Source: https://docs.python.org/3/library/asyncio-runner.html#asyncio.run
var LoopRunners = map[string]bool{"asyncio.run": true}
