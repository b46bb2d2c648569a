using Pipewright.Core.Factory;
using Pipewright.Core.Schema;

namespace Pipewright.LanguageServer.Handlers;

/// <summary>LSP's kinds of symbols for what has a name in a factory.</summary>
internal static class SymbolKinds
{
    private const int Module = 2;
    private const int Namespace = 3;
    private const int Package = 4;
    private const int Class = 5;
    private const int Method = 6;
    private const int Property = 7;
    private const int Field = 8;
    private const int Interface = 11;
    private const int Function = 12;
    private const int Variable = 13;
    private const int Key = 20;
    private const int Event = 24;

    /// <summary>The last of the kinds that every client knows: array.</summary>
    public const int LastKnownToAll = 18;

    /// <param name="knowsAll">Whether the client knows all kinds, and not only those up to <see cref="LastKnownToAll"/>.</param>
    public static int Of(ResourceKind kind, bool knowsAll) => kind switch
    {
        ResourceKind.Pipeline => Module,
        ResourceKind.Dataset => Class,
        ResourceKind.LinkedService => Interface,
        ResourceKind.DataFlow => Method,
        ResourceKind.Factory => Namespace,
        ResourceKind.Trigger => knowsAll ? Event : Function,
        ResourceKind.Credential => knowsAll ? Key : Property,
        _ => Package,
    };

    /// <param name="knowsAll">As above.</param>
    public static int Of(NamedPlace named, bool knowsAll) => named.Kind switch
    {
        SymbolKind.Resource => Of(named.OwnerKind, knowsAll),
        SymbolKind.Activity => Function,
        SymbolKind.Stream => Field,
        _ => Variable,
    };
}
