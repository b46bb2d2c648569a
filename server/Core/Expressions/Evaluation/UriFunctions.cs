using System.Collections.Immutable;

namespace Pipewright.Core.Expressions.Evaluation;

/// <summary>Functions that take URIs apart, which the engine knows from Logic Apps.</summary>
internal static class UriFunctions
{
    public static ImmutableDictionary<string, FunctionBody> All { get; } = new Dictionary<string, FunctionBody>
    {
        ["uriHost"] = call => new StringValue(Read(call).Host),
        ["uriPath"] = call => new StringValue(Read(call).AbsolutePath),
        ["uriPathAndQuery"] = call => new StringValue(Read(call).PathAndQuery),
        ["uriPort"] = call => new IntegerValue(Read(call).Port),
        ["uriQuery"] = call => new StringValue(Read(call).Query),
        ["uriScheme"] = call => new StringValue(Read(call).Scheme),
    }.ToImmutableDictionary(StringComparer.OrdinalIgnoreCase);

    private static Uri Read(FunctionCall call) => Uri.TryCreate(call.String(0), UriKind.Absolute, out var uri)
        ? uri
        : throw call.WrongValue(0, "the text is not an absolute URI, such as https://host/path");
}
