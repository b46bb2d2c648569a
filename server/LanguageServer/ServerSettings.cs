using System.Text.Json;
using Pipewright.Core.Factory;
using Pipewright.Core.Features.Hints;
using Pipewright.LanguageServer.Workspaces;

namespace Pipewright.LanguageServer;

/// <summary>A deployment target that the user's machine names; never read from a workspace.</summary>
/// <param name="Endpoint">An emulator's address, loopback only; null for Azure.</param>
internal sealed record MachineTarget(string Name, Uri? Endpoint, string Subscription, string ResourceGroup, string Factory);

/// <summary>The lines above a resource.</summary>
[Flags]
internal enum LensKinds
{
    None = 0,
    Uses = 1,
    Deploy = 2,
    Run = 4,
    Changes = 8,

    /// <summary>To run a pipeline, or a case of its tests, without a cloud.</summary>
    Test = 16,

    /// <summary>To show a pipeline as a graph.</summary>
    Graph = 32,
}

/// <summary>Whether the target's factory is looked at in the background.</summary>
internal enum LiveMode
{
    /// <summary>Emulators are, and factories in Azure that the user has had to do with from here.</summary>
    Auto,
    Always,
    Never,
}

/// <summary>What the client has set: the members of <c>initializationOptions</c> and of the configuration section <c>pipewright</c>.</summary>
/// <param name="Target">The target to deploy to where none is named.</param>
/// <param name="Kinds">Files whose path does not tell what they hold.</param>
/// <param name="Hints">The notes to show within a text.</param>
/// <param name="Lenses">The lines to show above a resource.</param>
/// <param name="ChecksAll">Whether the client is offered to ask for the findings of files that are not open. Counts at the start only.</param>
internal sealed record ServerSettings(IReadOnlyList<MachineTarget> Targets, string? Target, FileKinds Kinds, HintKinds Hints, LensKinds Lenses, bool ChecksAll)
{
    /// <summary>Types and conditions stand at every other place of a pipeline, and are wanted by few.</summary>
    private const HintKinds DefaultHints = HintKinds.DefaultValues | HintKinds.Counts | HintKinds.Names;

    private static readonly string[] Members = ["targets", "target", "filePatterns", "inlayHints", "codeLens", "diagnostics", "live"];

    public LiveMode Live { get; init; }

    /// <summary>The kind of a file that is to be left alone.</summary>
    private const string NoKind = "none";

    private const string NoSubscription = "00000000-0000-0000-0000-000000000000";

    public static ServerSettings Default { get; } = new([], null, FileKinds.Default, DefaultHints, LensKinds.Uses | LensKinds.Deploy | LensKinds.Changes | LensKinds.Run | LensKinds.Test | LensKinds.Graph, true);

    /// <summary>Reads settings; what is not understood is left out.</summary>
    /// <param name="settings">The members themselves, or an object that holds them as <c>pipewright</c>.</param>
    /// <param name="report">Takes a sentence for each setting that is refused.</param>
    /// <returns>Null where there are none of ours: some clients send an empty object to say that something has changed.</returns>
    public static ServerSettings? Read(JsonElement settings, Action<string> report)
    {
        if (settings.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        if (settings.TryGetProperty("pipewright", out var section))
        {
            return Read(section, report);
        }

        return settings.EnumerateObject().Any(p => Members.Contains(p.Name))
            ? new ServerSettings(
                [.. Items(settings, "targets").Select(t => ReadTarget(t, report)).OfType<MachineTarget>()],
                Text(settings, "target"),
                new FileKinds([.. Items(settings, "filePatterns").Select(p => ReadPattern(p, report)).OfType<FilePattern>()]),
                ReadHints(settings),
                ReadLenses(settings),
                !(settings.TryGetProperty("diagnostics", out var diagnostics) && diagnostics.ValueKind == JsonValueKind.Object && diagnostics.TryGetProperty("wholeFactory", out var all) && all.ValueKind == JsonValueKind.False))
            { Live = ReadLive(settings) }
            : null;
    }

    /// <summary>The names of the commands that a client runs by itself: <c>commands</c> of its <c>initializationOptions</c>. None where it says nothing.</summary>
    public static IReadOnlyList<string> ReadCommands(JsonElement options) =>
        options.ValueKind == JsonValueKind.Object ? [.. Items(options, "commands").Where(c => c.ValueKind == JsonValueKind.String).Select(c => c.GetString()!)] : [];

    private static HintKinds ReadHints(JsonElement settings) =>
        Flag(settings, "inlayHints", "defaultValues", HintKinds.DefaultValues, DefaultHints) | Flag(settings, "inlayHints", "types", HintKinds.Types, DefaultHints)
        | Flag(settings, "inlayHints", "dependencyConditions", HintKinds.Conditions, DefaultHints) | Flag(settings, "inlayHints", "activityCounts", HintKinds.Counts, DefaultHints)
        | Flag(settings, "inlayHints", "workspaceNames", HintKinds.Names, DefaultHints);

    private static LensKinds ReadLenses(JsonElement settings) =>
        Flag(settings, "codeLens", "uses", LensKinds.Uses, Default.Lenses) | Flag(settings, "codeLens", "deploy", LensKinds.Deploy, Default.Lenses)
        | Flag(settings, "codeLens", "changes", LensKinds.Changes, Default.Lenses) | Flag(settings, "codeLens", "run", LensKinds.Run, Default.Lenses)
        | Flag(settings, "codeLens", "test", LensKinds.Test, Default.Lenses)
        | Flag(settings, "codeLens", "graph", LensKinds.Graph, Default.Lenses);

    /// <summary>The flag, or none, as a setting says; where it says nothing, as it is by default.</summary>
    private static T Flag<T>(JsonElement settings, string section, string name, T flag, T byDefault)
        where T : struct, Enum => settings.TryGetProperty(section, out var members) && members.ValueKind == JsonValueKind.Object
            && members.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False
                ? value.ValueKind == JsonValueKind.True ? flag : default
                : byDefault.HasFlag(flag) ? flag : default;

    private static LiveMode ReadLive(JsonElement settings) => !settings.TryGetProperty("live", out var live) || live.ValueKind != JsonValueKind.Object || !live.TryGetProperty("enabled", out var enabled) ? LiveMode.Auto
        : enabled.ValueKind switch
        {
            JsonValueKind.True => LiveMode.Always,
            JsonValueKind.False => LiveMode.Never,
            JsonValueKind.String when enabled.ValueEquals("always") => LiveMode.Always,
            JsonValueKind.String when enabled.ValueEquals("never") => LiveMode.Never,
            _ => LiveMode.Auto,
        };

    private static List<JsonElement> Items(JsonElement settings, string name) =>
        settings.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()] : [];

    private static FilePattern? ReadPattern(JsonElement pattern, Action<string> report)
    {
        if (Text(pattern, "pattern") is not { } glob || Text(pattern, "kind") is not { } kind)
        {
            report("A file pattern in the settings needs a 'pattern' and a 'kind', and is left out.");
            return null;
        }

        if (kind != NoKind && !FileClassification.GitFolders.ContainsKey(kind))
        {
            report($"The file pattern '{glob}' is left out: there is no kind '{kind}'. Known are {string.Join(", ", FileClassification.GitFolders.Keys.Order().Append(NoKind))}.");
            return null;
        }

        try
        {
            return new FilePattern(glob, kind == NoKind ? null : FileClassification.GitFolders[kind]);
        }
        catch (ArgumentException e)
        {
            report($"The file pattern '{glob}' is left out: {e.Message}");
            return null;
        }
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
