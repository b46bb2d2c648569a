-- Neovim's own client against the server: opens a file, waits for what it says of it, mends the mistake, asks for a completion and for where
-- a name leads, and prints what it saw as JSON. Environment: PIPEWRIGHT_SERVER, the executable; FACTORY, the folder.
local folder = vim.env.FACTORY
local report = {}

local function wait_for(what, condition)
  if not vim.wait(20000, condition, 50) then
    io.stderr:write('no ' .. what .. ' within 20 s\n')
    vim.cmd('cquit 1')
  end
end

local function diagnostics()
  local seen = {}
  for _, diagnostic in ipairs(vim.diagnostic.get(0)) do
    local line = vim.api.nvim_buf_get_lines(0, diagnostic.lnum, diagnostic.lnum + 1, false)[1]
    table.insert(seen, {
      code = diagnostic.code or diagnostic.user_data and diagnostic.user_data.lsp.code,
      message = diagnostic.message,
      severity = diagnostic.severity,
      text = line:sub(diagnostic.col + 1, diagnostic.end_col),
    })
  end
  return seen
end

local client = vim.lsp.start_client({ name = 'pipewright', cmd = { vim.env.PIPEWRIGHT_SERVER, 'lsp' }, root_dir = folder })
vim.cmd('edit ' .. vim.fn.fnameescape(folder .. '/orders.pipeline.yaml'))
vim.lsp.buf_attach_client(0, client)
wait_for('diagnostic', function() return #vim.diagnostic.get(0) > 0 end)
report.broken = diagnostics()

-- As a person would: go to the misspelt name and change it.
vim.fn.search('CopyOrder]')
vim.cmd('normal! eas')
report.line = vim.api.nvim_get_current_line()
wait_for('end of the diagnostics', function() return #vim.diagnostic.get(0) == 0 end)
report.mended = diagnostics()

-- From the name in a list to the activity that has it.
local function ask(method, text, extra)
  vim.fn.cursor(1, 1)
  vim.fn.search(text)
  local place = vim.tbl_extend('force', vim.lsp.util.make_position_params(), extra or {})
  local replies = vim.lsp.buf_request_sync(0, method, place, 20000)
  local reply = replies and replies[client] and replies[client].result or {}
  local lines = {}
  for _, found in ipairs(reply) do
    local range = found.targetSelectionRange or found.range
    table.insert(lines, range.start.line + 1)
  end
  return lines
end

report.definition = ask('textDocument/definition', 'CopyOrders]')
report.references = ask('textDocument/references', 'CopyOrders]', { context = { includeDeclaration = true } })

-- A list that is just being typed.
local line = '    dependsOn: ['
vim.api.nvim_buf_set_lines(0, -1, -1, false, { line })
vim.cmd('normal! G')
vim.cmd('startinsert!')
local params = vim.lsp.util.make_position_params()
params.position.character = #line
local answers = vim.lsp.buf_request_sync(0, 'textDocument/completion', params, 20000)
local result = answers and answers[client] and answers[client].result or {}
report.completion = {}
for _, item in ipairs(result.items or result) do
  table.insert(report.completion, item.label)
end

io.stdout:write(vim.fn.json_encode(report) .. '\n')
vim.lsp.stop_client(client)
vim.cmd('qall!')
