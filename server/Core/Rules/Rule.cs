using Pipewright.Core.Text;

namespace Pipewright.Core.Rules;

/// <summary>A check of one resource within its factory.</summary>
public abstract class Rule(DiagnosticDescriptor descriptor)
{
    public DiagnosticDescriptor Descriptor { get; } = descriptor;

    public abstract IEnumerable<Diagnostic> Check(RuleContext context);
}
