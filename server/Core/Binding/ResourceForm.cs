namespace Pipewright.Core.Binding;

/// <summary>The two ways of writing a resource.</summary>
public enum ResourceForm
{
    /// <summary>The JSON that ADF Studio keeps in Git.</summary>
    Git,

    /// <summary>YAML that leaves out what the schema already knows.</summary>
    Spec,
}
