-- wrk: every request a dot of one of the devices on one of the offers; BENCH_* come from the environment.
local cookies, offers, requests = {}, {}, {}
for cookie in os.getenv("BENCH_COOKIES"):gmatch("%S+") do cookies[#cookies + 1] = cookie end
for offer in os.getenv("BENCH_OFFERS"):gmatch("%S+") do offers[#offers + 1] = offer end

function init()
  math.randomseed(os.time())
  for _, cookie in ipairs(cookies) do
    for _, offer in ipairs(offers) do
      for _, knows in ipairs({ "yes", "no" }) do
        requests[#requests + 1] = wrk.format("POST", os.getenv("BENCH_PATH"), {
          ["Content-Type"] = "application/x-www-form-urlencoded",
          ["Accept"] = "application/json",
          ["Cookie"] = "device=" .. cookie,
        }, "offer=" .. offer .. "&knows=" .. knows)
      end
    end
  end
end

function request()
  return requests[math.random(#requests)]
end

function done(summary, latency)
  local bad = summary.errors.status + summary.errors.read + summary.errors.write + summary.errors.timeout
  io.write(string.format("RESULT %d %d %d %.3f %.3f\n", summary.requests, summary.duration, bad,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end
