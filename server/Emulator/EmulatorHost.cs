// HTTP around the service: loopback only, plain, without tokens.
using System.Text;
using System.Text.Json.Nodes;

namespace Pipewright.Emulator;

/// <param name="Port">0 for any that is free.</param>
/// <param name="State">A folder that keeps the state; null for memory only.</param>
/// <param name="Seed">A factory's folder, in either form, that the default factory is filled from; null for none.</param>
internal sealed record EmulatorOptions(int Port, string? State, string? Seed, int PageSize);

internal static class EmulatorHost
{
    private const long LargestBody = 8 * 1024 * 1024;

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
        });
        var store = new ResourceStore(TimeProvider.System, options.State is null ? null : new StateFolder(Path.GetFullPath(options.State)));
        if (store.FindFactory(DefaultFactory) is null)
        {
            store.PutFactory(DefaultFactory, new JsonObject { ["location"] = "local", ["properties"] = new JsonObject() }, _ => { });
        }

        if (options.Seed is not null)
        {
            Seeding.Fill(store, DefaultFactory, options.Seed);
        }

        var service = new ArmService(store, options.PageSize);
        var app = builder.Build();
        app.Run(context => AnswerAsync(context, service));
        return app;
    }

    private static async Task AnswerAsync(HttpContext context, ArmService service)
    {
        var id = Guid.NewGuid().ToString();
        context.Response.Headers["x-ms-request-id"] = id;
        context.Response.Headers["x-ms-correlation-request-id"] = id;
        ArmResponse response;
        try
        {
            if (!context.Request.Query.ContainsKey("api-version"))
            {
                throw new ArmErrorException(400, "MissingApiVersionParameter", "The api-version query parameter (?api-version=) is required for all requests.");
            }

            response = service.Answer(await ReadAsync(context.Request));
        }
        catch (ArmErrorException e)
        {
            response = new ArmResponse(e.Status, MakeError(e.Code, e.Message));
        }
        catch (BadHttpRequestException e)
        {
            response = new ArmResponse(e.StatusCode, MakeError("BadRequest", e.Message));
        }
        catch (Exception e) when (e is not (OperationCanceledException or OutOfMemoryException))
        {
            await Console.Error.WriteLineAsync(e.ToString());
            response = new ArmResponse(500, MakeError("InternalServerError", "The emulator failed on this request; its standard error has the details."));
        }

        await WriteAsync(context.Response, response);
    }

    private static async Task<ArmRequest> ReadAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync();
        var path = request.Path.Value ?? "/";
        return new ArmRequest(
            request.Method, path, $"{request.Scheme}://{request.Host}{request.PathBase}{request.Path}", (string?)request.Query["$skiptoken"],
            Header(request, "If-Match"), Header(request, "If-None-Match"), body);
    }

    private static string? Header(HttpRequest request, string name) => request.Headers.TryGetValue(name, out var value) && value.ToString() is { Length: > 0 } text ? text : null;

    private static JsonObject MakeError(string code, string message) => new() { ["error"] = new JsonObject { ["code"] = code, ["message"] = message } };

    private static async Task WriteAsync(HttpResponse response, ArmResponse answer)
    {
        response.StatusCode = answer.Status;
        if (answer.Content is not null)
        {
            response.ContentType = "application/json; charset=utf-8";
            await response.WriteAsync(answer.Content.ToJsonString());
        }
    }
}
