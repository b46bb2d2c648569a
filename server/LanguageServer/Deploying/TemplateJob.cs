// One export of a factory's files as templates: what is exported, with what a target changes of it.
using System.Text.Json;
using Pipewright.Core.Emit;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;
using Pipewright.Deployment.Planning;
using Pipewright.Deployment.Templates;

namespace Pipewright.LanguageServer.Deploying;

/// <param name="root">The factory root, which may hold a definition of the parameters.</param>
internal sealed class TemplateJob(string root, FactorySnapshot factory)
{
    public const string Arm = "arm";

    public const string Bicep = "bicep";

    /// <summary>The templates of some documents and all that they need.</summary>
    /// <param name="form"><see cref="Arm"/> or <see cref="Bicep"/>.</param>
    /// <param name="targetName">Null for the files as they are.</param>
    /// <exception cref="DeploymentRefusedException">There is no such target, or errors in the files, the overrides or the definition.</exception>
    /// <exception cref="DeploymentCycleException">Resources refer to each other in a circle, which no template can deploy.</exception>
    public TemplateFiles Make(IReadOnlyCollection<ResourceDocument> documents, string form, string? targetName)
    {
        var target = targetName is null ? null : factory.Configuration.FindTarget(targetName)
            ?? throw new DeploymentRefusedException($"There is no target '{targetName}'. Add it to 'targets' in pipewright.yaml.");
        var complaints = new List<string>();
        var request = Collect(documents, target) with { Definitions = ReadDefinitions(complaints) };
        var files = form == Bicep ? TemplateExport.ToBicep(request) : TemplateExport.ToArm(request);
        return files with { Losses = [.. complaints, .. files.Losses] };
    }

    private TemplateRequest Collect(IReadOnlyCollection<ResourceDocument> documents, DeploymentTarget? target)
    {
        var chosen = DeploymentScope.ChooseFactory(documents, target?.Factory).ToList();
        var overrides = target is { Overrides.IsEmpty: false } ? new TargetOverrides(target, EnvironmentMark.Of) : null;
        var units = DeploymentScope.Collect(factory, chosen, overrides);
        var broken = units.Select(u => factory.Documents[u.Path]).Concat(chosen).Distinct().Where(d => d.HasSyntaxErrors).Select(d => d.Path).ToList();
        if (broken.Count > 0)
        {
            throw Refuse($"Nothing is exported: {string.Join(", ", broken)} {(broken.Count == 1 ? "has" : "have")} syntax errors to mend first.");
        }

        if (overrides is not null && FindFutile(target!).ToList() is { Count: > 0 } futile)
        {
            throw Refuse(string.Join('\n', futile));
        }

        var file = chosen.FirstOrDefault(d => d.Classification.Kind == ResourceKind.Factory);
        var (name, json) = file is null ? (null, null) : Conversion.ToDeployment(file).Select(d => ((string?)d.Name, (string?)d.Json)).FirstOrDefault();
        return new TemplateRequest(units, target?.Factory ?? name)
        {
            Factory = json is null ? null : overrides?.Apply(ResourceKind.Factory, name!, json) ?? json,
        };
    }

    private IEnumerable<string> FindFutile(DeploymentTarget target) =>
        from diagnostic in TargetOverrides.Check(factory.With(factory.Configuration with { Targets = [target] }))
        let file = factory.Configuration.File
        select $"{file.Path}:{file.Syntax.Text.GetPosition(diagnostic.Span.Start).Line + 1} {diagnostic.Code} {diagnostic.Message}";

    private ParameterDefinitions ReadDefinitions(List<string> complaints)
    {
        var file = Path.Combine(root, ParameterDefinitions.FileName);
        try
        {
            return File.Exists(file) ? ParameterDefinitions.Parse(File.ReadAllText(file), complaints.Add) : ParameterDefinitions.Default;
        }
        catch (JsonException e)
        {
            throw Refuse($"{ParameterDefinitions.FileName} is no JSON: {e.Message}");
        }
    }

    private static DeploymentRefusedException Refuse(string message) => new(message) { IsOfFiles = true };
}
