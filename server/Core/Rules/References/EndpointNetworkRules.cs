// Rules about where private endpoints lie: in managedVirtualNetwork/NETWORK/managedPrivateEndpoint/, by the layout that Studio writes.
using Pipewright.Core.Rules.Names;
using Pipewright.Core.Schema;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.References;

/// <summary>The network that a private endpoint's file lies in the folder of.</summary>
internal static class EndpointNetwork
{
    public const string Folder = "managedVirtualNetwork";

    /// <summary>Null where the file does not lie in the folder of a network. The spec form has no folders.</summary>
    public static string? Of(RuleContext context) => context.Document.Path.Split('/') is [.., var folder, var network, _, _] && folder.Equals(Folder, StringComparison.OrdinalIgnoreCase) ? network : null;

    public static bool IsEndpoint(RuleContext context) => context is { Kind: ResourceKind.ManagedPrivateEndpoint, Document.IsSpec: false, Properties: not null };
}

/// <summary>A private endpoint whose file does not lie in the folder of its network: Studio does not find it, and nothing tells which network is meant.</summary>
internal sealed class MisplacedEndpointRule() : Rule(new("PW5013", DiagnosticSeverity.Warning, "Private endpoint outside of its network's folder"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        if (!EndpointNetwork.IsEndpoint(context) || EndpointNetwork.Of(context) is not null)
        {
            yield break;
        }

        var networks = context.Factory.NamesOf(ResourceKind.ManagedVirtualNetwork).Take(2).ToList();
        var network = networks is [var only] ? only : "default";
        var parts = context.Document.Path.Split('/');
        var folder = Array.FindLastIndex(parts, p => p.Equals("managedPrivateEndpoint", StringComparison.OrdinalIgnoreCase));
        var path = string.Join('/', [.. parts[..folder].Where(p => !p.Equals(EndpointNetwork.Folder, StringComparison.OrdinalIgnoreCase)), EndpointNetwork.Folder, network, "managedPrivateEndpoint", parts[^1]]);
        yield return Descriptor.At(
            NamedThing.NameSpan(context), $"A private endpoint lies in the folder of its network, as '{path}'.",
            context.Factory.HasFile(path) ? [] : [new CodeFix($"Move it to '{path}'", new FixEdit([], new FileRename(context.Document.Path, path))) { IsPreferred = networks.Count == 1 ? null : false }]);
    }
}

/// <summary>A private endpoint in the folder of a network that no file declares: it cannot be deployed.</summary>
internal sealed class MissingNetworkRule() : Rule(new("PW4013", DiagnosticSeverity.Warning, "Private endpoint of a network that is not there"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        if (EndpointNetwork.IsEndpoint(context) && EndpointNetwork.Of(context) is { } network && !context.Factory.Has(ResourceKind.ManagedVirtualNetwork, network))
        {
            var path = context.Document.Path.Split('/')[..^3];
            yield return Descriptor.At(
                NamedThing.NameSpan(context), $"No file here declares the managed virtual network '{network}' of this private endpoint. Add it.",
                new CodeFix($"Create the managed virtual network '{network}'", new FixEdit([], new FileCreation(
                    string.Join('/', path) + $"/{network}.json",
                    new StructureEdits(context.Document.Text, context.Document.Syntax.Language).WriteDocument(new NewMapping(("name", new NewScalar(network)), ("properties", new NewMapping())))))));
        }
    }
}
