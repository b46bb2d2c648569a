using System.Text.Json;

namespace Pipewright.LanguageServer;

/// <summary>A deployment target that the user's machine names; never read from a workspace.</summary>
/// <param name="Endpoint">An emulator's address, loopback only; null for Azure.</param>
internal sealed record MachineTarget(string Name, Uri? Endpoint, string Subscription, string ResourceGroup, string Factory);

/// <summary>What the client has set: the members of <c>initializationOptions</c> and of the configuration section <c>pipewright</c>.</summary>
internal sealed record ServerSettings(IReadOnlyList<MachineTarget> Targets, string? Target)
{
    private const string NoSubscription = "00000000-0000-0000-0000-000000000000";

    public static ServerSettings Default { get; } = new([], null);

    /// <summary>Reads settings; what is not understood is left out.</summary>
    /// <param name="report">Takes a sentence for each setting that is refused.</param>
    public static ServerSettings Read(JsonElement settings, Action<string> report)
    {
        if (settings.ValueKind != JsonValueKind.Object)
        {
            return Default;
        }

        if (settings.TryGetProperty("pipewright", out var section))
        {
            return Read(section, report);
        }

        var targets = settings.TryGetProperty("targets", out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Select(t => ReadTarget(t, report)).OfType<MachineTarget>().ToList()
            : [];
        return new ServerSettings(targets, Text(settings, "target"));
    }

    private static MachineTarget? ReadTarget(JsonElement target, Action<string> report)
    {
        if (Text(target, "name") is not { } name)
        {
            report("A target in the settings has no name and is left out.");
            return null;
        }

        Uri? endpoint = null;
        if (Text(target, "endpoint") is { } address && (endpoint = ParseEndpoint(address)) is null)
        {
            report($"The target '{name}' is left out: '{address}' is not the address of an emulator. Only http:// on loopback is taken.");
            return null;
        }

        return new MachineTarget(name, endpoint, Text(target, "subscription") ?? NoSubscription, Text(target, "resourceGroup") ?? "local", Text(target, "factory") ?? "local");
    }

    /// <summary>The address of an emulator; null for anything but plain HTTP on loopback.</summary>
    public static Uri? ParseEndpoint(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri is { Scheme: "http", IsLoopback: true } ? uri : null;

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
            ? text
            : null;
}
