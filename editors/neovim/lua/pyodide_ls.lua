--- pyodide-ls for every Neovim from 0.7.2 on. From 0.11 on `vim.lsp.enable("pyodide_ls")` does without this.
local M = {}

local NAME = "pyodide_ls"
local FIX_ALL = "source.fixAll.pyodide-ls"

--- What 0.11 makes of the files `lsp/pyodide_ls.lua` on the runtime path, for the versions before it.
local function from_runtime_path()
  local config = {}
  for _, file in ipairs(vim.api.nvim_get_runtime_file("lsp/" .. NAME .. ".lua", true)) do
    config = vim.tbl_deep_extend("force", config, dofile(file))
  end
  return config
end

--- The folder that holds the first marker found above the file. vim.fs.root is not there before 0.10.
local function root_of(path, markers)
  for _, marker in ipairs(markers) do
    local dir, below = vim.fn.fnamemodify(path, ":p:h"), nil
    while dir ~= below do
      for _, name in ipairs(type(marker) == "table" and marker or { marker }) do
        if vim.loop.fs_stat(dir .. "/" .. name) then
          return dir
        end
      end
      dir, below = vim.fn.fnamemodify(dir, ":h"), dir
    end
  end
end

--- Tells once that the program is missing, and where it is looked for.
local function runnable(cmd)
  if type(cmd) ~= "table" or vim.fn.executable(cmd[1]) == 1 then
    return true
  end
  local message = "pyodide-ls: cannot run %s: put it on PATH, or give its full path as cmd"
  vim.notify_once(message:format(cmd[1]), vim.log.levels.WARN)
  return false
end

local function stopped(id)
  return vim.lsp.get_client_by_id(id) == nil or vim.lsp.client_is_stopped(id)
end

local started = {} -- the root (or "" where there is none) to the client that serves it, in 0.7

local function attach(bufnr, config)
  config = vim.tbl_extend("force", config, {
    name = NAME,
    root_dir = root_of(vim.api.nvim_buf_get_name(bufnr), config.root_markers or {}),
  })
  if vim.lsp.start then
    vim.lsp.start(config, {
      bufnr = bufnr,
      -- The editor's own rule starts another server for each file without a root.
      reuse_client = function(client)
        return client.name == NAME and client.config.root_dir == config.root_dir and not stopped(client.id)
      end,
    })
    return
  end
  local root = config.root_dir or ""
  if not started[root] or stopped(started[root]) then
    started[root] = vim.lsp.start_client(config)
  end
  if started[root] then
    vim.lsp.buf_attach_client(bufnr, started[root])
  end
end

--- Says so when the program is missing. From 0.11 on the editor starts clients, and only writes that into its log.
function M.watch()
  local group = vim.api.nvim_create_augroup("pyodide_ls.watch", { clear = true })
  vim.api.nvim_create_autocmd("FileType", {
    group = group,
    callback = function(event)
      if vim.lsp.is_enabled and not vim.lsp.is_enabled(NAME) then
        return
      end
      local config = vim.lsp.config[NAME]
      if vim.bo[event.buf].buftype == "" and vim.tbl_contains(config.filetypes or {}, event.match) then
        runnable(config.cmd)
      end
    end,
  })
end

--- Starts the server for files that may hold Python from now on, and for those that are open. opts go over
--- `lsp/pyodide_ls.lua`: `setup({ cmd = { "/opt/pyodide-ls", "lsp" } })`, or on_attach, capabilities and so on.
function M.setup(opts)
  if vim.lsp.enable then
    vim.lsp.config(NAME, opts or {})
    M.watch()
    vim.lsp.enable(NAME)
    return
  end
  local config = vim.tbl_deep_extend("force", from_runtime_path(), opts or {})
  local function serve(bufnr)
    local wanted = vim.bo[bufnr].buftype == "" and vim.tbl_contains(config.filetypes, vim.bo[bufnr].filetype)
    if wanted and runnable(config.cmd) then
      attach(bufnr, config)
    end
  end
  local group = vim.api.nvim_create_augroup("pyodide_ls", { clear = true })
  vim.api.nvim_create_autocmd("FileType", {
    group = group,
    pattern = config.filetypes,
    callback = function(event)
      serve(event.buf)
    end,
  })
  -- A plugin that is loaded late must not miss the file that it was loaded for.
  for _, bufnr in ipairs(vim.api.nvim_list_bufs()) do
    if vim.api.nvim_buf_is_loaded(bufnr) then
      serve(bufnr)
    end
  end
end

--- The client that serves a buffer.
function M.client(bufnr)
  local clients = vim.lsp.get_clients and vim.lsp.get_clients({ bufnr = bufnr }) or vim.lsp.buf_get_clients(bufnr)
  for _, client in pairs(clients) do
    if client.name == NAME then
      return client
    end
  end
end

--- Methods of a client are plain functions before 0.11; as such they are going away.
local function call(client, method, ...)
  if vim.lsp.enable then
    return client[method](client, ...)
  end
  return client[method](...)
end

local function this_one(bufnr)
  return (bufnr == nil or bufnr == 0) and vim.api.nvim_get_current_buf() or bufnr
end

--- Makes all safe fixes in a buffer and returns when they are made, as an autocommand before saving wants it.
function M.fix_all(bufnr, timeout_ms)
  bufnr = this_one(bufnr)
  local client = M.client(bufnr)
  if not client then
    return
  end
  local params = {
    textDocument = { uri = vim.uri_from_bufnr(bufnr) },
    range = {
      start = { line = 0, character = 0 },
      ["end"] = { line = vim.api.nvim_buf_line_count(bufnr), character = 0 },
    },
    context = { only = { FIX_ALL }, diagnostics = {} },
  }
  local function ask(method, what)
    local reply, why = call(client, "request_sync", method, what, timeout_ms or 2000, bufnr)
    if not reply or reply.err then
      local reason = reply and reply.err.message or why or "no answer"
      vim.notify("pyodide-ls: nothing is fixed: " .. reason, vim.log.levels.WARN)
      return nil
    end
    return reply.result
  end
  for _, action in ipairs(ask("textDocument/codeAction", params) or {}) do
    if not action.edit then
      action = ask("codeAction/resolve", action) or {}
    end
    if action.edit then
      vim.lsp.util.apply_workspace_edit(action.edit, client.offset_encoding)
    end
  end
end

local REQUEST_FAILED = -32803 -- of which the server has told the reason

local function execute(command, bufnr)
  bufnr = this_one(bufnr)
  local client = M.client(bufnr)
  if not client then
    vim.notify("pyodide-ls: it does not serve this file", vim.log.levels.WARN)
    return
  end
  local params = { command = command, arguments = { vim.uri_from_bufnr(bufnr) } }
  call(client, "request", "workspace/executeCommand", params, function(err)
    if err and err.code ~= REQUEST_FAILED then
      vim.notify("pyodide-ls: " .. err.message, vim.log.levels.ERROR)
    end
  end, bufnr)
end

--- Runs the file of a buffer in the browser, as it is saved, or shows where it runs already.
function M.preview(bufnr)
  execute("pyodide-ls.preview", bufnr)
end

--- Ends the preview of the file of a buffer.
function M.stop_preview(bufnr)
  execute("pyodide-ls.preview.stop", bufnr)
end

return M
