---@brief
--- pyodide-ls finds mistakes in Pyodide bridge code: the Python that runs in a web page and talks to JavaScript.
---
--- This is the one place with the settings of the client; `lua/pyodide_ls.lua` reads it for Neovim before 0.11.

---@type vim.lsp.Config
return {
  cmd = { "pyodide-ls", "lsp" },
  filetypes = {
    "python",
    "html",
    "htmldjango",
    "jinja",
    "javascript",
    "javascriptreact",
    "typescript",
    "typescriptreact",
    "svelte",
    "vue",
    "astro",
    "markdown",
    "mdx",
    "toml",
  },
  -- The first that lies above a file wins. A file without any of them is served as well, on its own.
  root_markers = {
    "pyodide-ls.toml",
    "pyproject.toml",
    "pyscript.toml",
    "pyscript.json",
    "package.json",
    ".git",
  },
}
