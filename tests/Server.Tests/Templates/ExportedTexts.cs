using System.Collections.Immutable;
using Pipewright.Core.Emit;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;
using Pipewright.Core.Text;
using Pipewright.Deployment.Planning;
using Pipewright.Deployment.Templates;

namespace Pipewright.Server.Tests.Templates;

/// <summary>Exports factories that are given as texts.</summary>
internal static class ExportedTexts
{
    public static TemplateRequest Request(params IEnumerable<(string Path, string Text)> files)
    {
        var documents = files.Select(f => ResourceDocument.Create(f.Path, new SourceText(f.Text))).OfType<ResourceDocument>().Where(d => !d.IsForeign && !d.IsTest).ToList();
        return Request(FactorySnapshot.Empty.With(documents), DeploymentScope.ChooseFactory(documents, null));
    }

    public static TemplateRequest Request(FactorySnapshot factory, IEnumerable<ResourceDocument> documents)
    {
        var chosen = documents.ToList();
        var (name, json) = chosen.Where(d => d.Classification.Kind == ResourceKind.Factory).SelectMany(Conversion.ToDeployment).FirstOrDefault();
        return new TemplateRequest(DeploymentScope.Collect(factory, chosen), name) { Factory = json };
    }

    /// <summary>The files of a folder on disk, by their paths within it.</summary>
    public static IEnumerable<(string Path, string Text)> ReadFolder(string folder) =>
        from file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        where Path.GetExtension(file) is ".json" or ".yaml"
        select (Path.GetRelativePath(folder, file).Replace('\\', '/'), File.ReadAllText(file));

    public static string Find(this TemplateFiles files, string path) => files.Files.Single(f => f.Path == path).Text;

    /// <summary>The definition of one kind's parameters.</summary>
    public static ParameterDefinitions Define(string kind, string rules)
    {
        var complaints = ImmutableArray.CreateBuilder<string>();
        var read = ParameterDefinitions.Parse($$"""{ "Microsoft.DataFactory/factories/{{kind}}": {{rules}} }""", complaints.Add);
        return complaints.Count == 0 ? read : throw new ArgumentException(string.Join('\n', complaints), nameof(rules));
    }
}
