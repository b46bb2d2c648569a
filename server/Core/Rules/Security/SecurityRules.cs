using System.Collections.Immutable;

namespace Pipewright.Core.Rules.Security;

/// <summary>Rules about secrets.</summary>
internal static class SecurityRules
{
    public static ImmutableArray<Rule> All { get; } =
    [
        new PlainSecretRule(), new ConnectionSecretRule(), new TokenRule(), new NamedSecretRule(),
        new UncheckedServerRule(), new UnencryptedRule(), new ShownSecretRule(),
    ];
}
