-- wrk: asks what stands in the file BENCH_ASKED in any order; a line is method, path, cookie and form, between tabs.
local requests = {}

function init()
  math.randomseed(os.time())
  for line in io.lines(os.getenv("BENCH_ASKED")) do
    local method, path, cookie, form = line:match("^([^\t]*)\t([^\t]*)\t([^\t]*)\t([^\t]*)$")
    local headers = { ["Cookie"] = "device=" .. cookie }
    if method == "POST" then
      headers["Content-Type"] = "application/x-www-form-urlencoded"
      headers["Accept"] = "application/json"
    else
      headers["Accept"] = "text/html"
      headers["Accept-Encoding"] = "gzip"
      form = nil
    end
    requests[#requests + 1] = wrk.format(method, path, headers, form)
  end
end

function request()
  return requests[math.random(#requests)]
end

function done(summary, latency)
  local bad = summary.errors.status + summary.errors.read + summary.errors.write + summary.errors.timeout
  io.write(string.format("RESULT %d %d %d %d %.3f %.3f\n", summary.requests, summary.duration, bad, summary.bytes,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end
