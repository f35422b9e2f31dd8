-- The set-up of a person who reads the README: the plugin on the runtime path, and one line.
-- PYODIDE_LS_WAY is that line: "enable" (0.11 and later) or "setup"; PYODIDE_LS_CMD replaces the program.
local here = vim.fn.fnamemodify(debug.getinfo(1, "S").source:sub(2), ":p:h")
vim.opt.runtimepath:prepend(vim.fn.fnamemodify(here, ":h"))

local told = {} -- what the editor says
package.loaded["pyodide_ls_told"] = told
vim.notify = function(message, level)
  told[#told + 1] = { message = message, level = level or vim.log.levels.INFO }
end

local opts = vim.env.PYODIDE_LS_CMD and { cmd = { vim.env.PYODIDE_LS_CMD, "lsp" } } or nil
if vim.env.PYODIDE_LS_WAY == "enable" then
  if opts then
    vim.lsp.config("pyodide_ls", opts)
  end
  vim.lsp.enable("pyodide_ls")
else
  require("pyodide_ls").setup(opts)
end
