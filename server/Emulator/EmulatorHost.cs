// HTTP around the service: loopback only, plain, without tokens.
using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Features;
using Pipewright.Core.Notebooks;
using Pipewright.Emulator.Databricks;
using Pipewright.Emulator.Faults;
using Pipewright.Emulator.Runs;

namespace Pipewright.Emulator;

/// <param name="Port">0 for any that is free.</param>
/// <param name="State">A folder that keeps the state; null for memory only.</param>
/// <param name="Seed">A factory's folder, in either form, that the default factory is filled from when it is new; null for none.</param>
internal sealed record EmulatorOptions(int Port, string? State, string? Seed, int PageSize)
{
    /// <summary>The folders of notebooks that a new workspace is filled from.</summary>
    public ImmutableArray<NotebookFolder> Notebooks { get; init; } = [];

    /// <summary>Whether bodies are kept and given back as they were written.</summary>
    public bool Plain { get; init; }

    /// <summary>How long every request waits.</summary>
    public LatencyRange Latency { get; init; }

    /// <summary>Requests a minute for each factory; 0 for no limit.</summary>
    public int Throttle { get; init; }

    /// <summary>What chance is drawn from.</summary>
    public int RandomSeed { get; init; }

    /// <summary>How long starting, stopping and subscribing go on; zero for at once.</summary>
    public TimeSpan OperationTime { get; init; }

    /// <summary>How many times faster than the clock pipelines run; 0 for at once.</summary>
    public double Speed { get; init; } = UsualSpeed;

    /// <summary>A run of some minutes can be watched, and nobody falls asleep over it.</summary>
    public const double UsualSpeed = 20;

    public TimeProvider Time { get; init; } = TimeProvider.System;
}

internal sealed class EmulatorHost
{
    private const long LargestBody = 8 * 1024 * 1024;

    /// <summary>A notebook of 10 MB in base64, with what is around it.</summary>
    private const long LargestImport = 16 * 1024 * 1024;

    /// <summary>For a browser that follows the page of a run here. What is behind the # of its address no server gets to see.</summary>
    private const string Welcome = """
        This is Pipewright's emulator. No notebook is ever run here; runs are simulated.
        What is known of the run whose number ends the address: /api/2.2/jobs/runs/get?run_id=NUMBER and /api/2.2/jobs/runs/get-output?run_id=NUMBER

        """;

    private readonly EmulatorOptions _options;
    private readonly ResourceStore _store;
    private readonly ServiceSettings _settings;
    private readonly ArmService _service;
    private readonly FaultRules _faults;
    private readonly Throttle _throttle;
    private readonly StubRules _stubs = new();
    private readonly RunBook _runs;
    private readonly RequestLog _log = new();
    private readonly AdminRoutes _admin;
    private readonly EmulatedWorkspace _workspace;

    private EmulatorHost(EmulatorOptions options)
    {
        _options = options;
        _store = new ResourceStore(options.Time, options.State is null ? null : new StateFolder(Path.GetFullPath(options.State)));
        _settings = new ServiceSettings(options.PageSize, options.Plain, options.Time, new LongOperations(options.Time, options.OperationTime));
        _runs = new RunBook(_store, _settings, _stubs, options.Speed);
        _workspace = new EmulatedWorkspace(_settings, options.State is null ? null : new DatabricksState(Path.GetFullPath(options.State)), new ActivityRuns(_store, _runs), _stubs, options.Speed);
        _service = new ArmService(_store, _settings, _runs, _workspace.ListOperations());
        _faults = new FaultRules(options.RandomSeed);
        _throttle = new Throttle(options.Time, options.Throttle);
        _admin = new AdminRoutes(_store, _service, _faults, _stubs, new TriggerRunOperations(_store, _runs, _settings), _log, options.Time, Reset);
        Begin();
    }

    /// <summary>The factory that is there from the start.</summary>
    public static FactoryKey DefaultFactory { get; } = new("00000000-0000-0000-0000-000000000000", "local", "local");

    public static WebApplication Build(EmulatorOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(System.Net.IPAddress.Loopback, options.Port);
            kestrel.Limits.MaxRequestBodySize = LargestBody;
            kestrel.AddServerHeader = false;
        });
        var host = new EmulatorHost(options);
        var app = builder.Build();
        var ending = app.Lifetime.ApplicationStopping;
        app.Run(context => host.AnswerAsync(context, ending));
        return app;
    }

    /// <summary>The default factory, filled from the seed if there is none yet: what was changed since must survive a restart.</summary>
    private void Begin()
    {
        _workspace.Begin(_options.Notebooks);
        if (_store.FindFactory(DefaultFactory) is not null)
        {
            return;
        }

        _store.PutFactory(DefaultFactory, _ => new JsonObject { ["location"] = "local" });
        if (_options.Seed is not null)
        {
            Seeding.Fill(_store, new ResourceViews(_store, _settings), DefaultFactory, _options.Seed);
        }
    }

    private void Reset()
    {
        _faults.Clear();
        _stubs.Clear();
        _throttle.Clear();
        _settings.Pending.Clear();
        _log.Clear();
        _store.Clear();
        _workspace.Clear();
        Begin();
    }

    private async Task AnswerAsync(HttpContext context, CancellationToken ending)
    {
        var id = Guid.NewGuid().ToString();
        context.Response.Headers["x-ms-request-id"] = id;
        context.Response.Headers["x-ms-correlation-request-id"] = id;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, ending);
        var delivery = new Delivery(context, ArmRequest.ServiceOf(context.Request.Path.Value ?? "/"), ended.Token);
        try
        {
            if (!IsLoopback(context.Request.Host.Host))
            {
                // A page of another site, whose name was made to lead here, must not get at the emulator.
                await delivery.WriteAsync(ArmResponse.Refuse(new ArmErrorException(400, "InvalidHost", "The emulator is reached by 127.0.0.1 or localhost only.")));
            }
            else if (AdminRoutes.Owns(context.Request.Path))
            {
                await delivery.WriteAsync(await _admin.AnswerAsync(context.Request));
            }
            else if (context.Request.Path == "/" && context.Request.Query.ContainsKey("o"))
            {
                await delivery.WriteTextAsync(200, "text/plain", Welcome);
            }
            else
            {
                await AnswerArmAsync(context, delivery);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or BadHttpRequestException or IOException)
        {
            // Nobody is there any more to tell.
            context.Abort();
        }
    }

    private static bool IsLoopback(string host) => host is "localhost" or "127.0.0.1" or "[::1]";

    private async Task AnswerArmAsync(HttpContext context, Delivery delivery)
    {
        var start = _options.Time.GetTimestamp();
        var (request, refused) = await ReadAsync(context.Request);
        var call = _service.Operations.Find(request);
        var logged = _log.Begin(Describe(context.Request, call));
        FaultRule? fault = null;
        try
        {
            await delivery.WaitAsync(_faults.Draw(_options.Latency));
            if (_throttle.Count(request.Path) is { } wait)
            {
                refused = ArmResponse.Refuse(request.Service, Throttled(request.Service, wait)) with { RetryAfter = wait };
            }

            fault = refused is null ? _faults.Take(request.Method, request.Path) : null;
            await delivery.DeliverAsync(fault?.Effect, () => refused ?? CarryOut(context.Request, request, call));
        }
        finally
        {
            _log.End(logged with { Fault = fault?.Id, Status = delivery.Status, Milliseconds = Math.Round(_options.Time.GetElapsedTime(start).TotalMilliseconds, 1) });
        }
    }

    private static ArmErrorException Throttled(EmulatedService service, int wait) => UsualErrors.Of(
        service, 429, null, service == EmulatedService.Databricks ? null : $"The request is being throttled as the limit has been reached. Please try again after '{wait}' seconds.");

    private static ArmResponse CarryOut(HttpRequest http, ArmRequest request, ArmCall? call)
    {
        try
        {
            return request.Service == EmulatedService.Databricks || http.Query.ContainsKey("api-version")
                ? ArmService.Answer(request, call)
                : ArmResponse.Refuse(new ArmErrorException(400, "MissingApiVersionParameter", "The api-version query parameter (?api-version=) is required for all requests."));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Console.Error.WriteLine(e.ToString());
            return ArmResponse.Refuse(request.Service, UsualErrors.Of(request.Service, 500, null, "The emulator failed on this request; its standard error has the details."));
        }
    }

    private static async Task<(ArmRequest Request, ArmResponse? Refused)> ReadAsync(HttpRequest request)
    {
        var origin = $"{request.Scheme}://{request.Host}";
        var read = new ArmRequest(
            request.Method, request.Path.Value ?? "/", origin + request.PathBase + request.Path, origin, (string?)request.Query["$skiptoken"],
            Header(request, "If-Match"), Header(request, "If-None-Match"), "")
        {
            Query = request.Query.ToDictionary(q => q.Key, q => q.Value.ToString(), StringComparer.OrdinalIgnoreCase),
        };
        if (read.Service == EmulatedService.Databricks && request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = LargestImport;
        }

        try
        {
            using var reader = new StreamReader(request.Body, Encoding.UTF8);
            return (read with { Body = await reader.ReadToEndAsync() }, null);
        }
        catch (BadHttpRequestException e)
        {
            var code = e.StatusCode == StatusCodes.Status413PayloadTooLarge ? "RequestContentTooLarge" : "BadRequest";
            return (read, ArmResponse.Refuse(read.Service, new ArmErrorException(e.StatusCode, code, e.Message)));
        }
    }

    private LoggedRequest Describe(HttpRequest request, ArmCall? call) => new(
        0, request.Method, request.Path.Value ?? "/", call?.Operation.Id, request.Headers.ContainsKey("Authorization"), Header(request, "If-Match"),
        Header(request, "x-ms-client-request-id"), _options.Time.GetUtcNow(), null, null, null);

    private static string? Header(HttpRequest request, string name) => request.Headers.TryGetValue(name, out var value) && value.ToString() is { Length: > 0 } text ? text : null;
}
