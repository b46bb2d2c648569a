using Pipewright.Core.Binding;

namespace Pipewright.Core.Features.Completion;

/// <summary>The pipeline's variables, where an activity names the one that it sets.</summary>
internal static class VariableCompletion
{
    public static void Add(CompletionList list, CompletionRequest request, ValueSite site)
    {
        if (!string.Equals(site.Place.Key, "variableName", StringComparison.OrdinalIgnoreCase)
            || request.Resource?.Properties?.FindValue("variables") is not BoundObject variables)
        {
            return;
        }

        foreach (var variable in variables.Properties)
        {
            var type = (variable.Value as BoundObject)?.FindString("type");
            list.Add(
                site, CompletionRank.Value, variable.Name, CompletionKind.Variable, site.Write(new TextTemplate(variable.Name)),
                type is null ? "variable" : $"{type} variable");
        }
    }
}
