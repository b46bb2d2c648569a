// The built assemblies, as the rules look at them: which type uses which, from metadata and code, not from source text.
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Pipewright.Architecture.Tests;

/// <summary>One use: a type mentions another in its signature, its fields, its attributes or its code.</summary>
internal sealed record Use(string From, string To)
{
    public override string ToString() => $"{From} uses {To}";
}

internal static class Assemblies
{
    public static AssemblyDefinition Load(string name) => AssemblyDefinition.ReadAssembly(Path.Combine(AppContext.BaseDirectory, name + ".dll"));

    public static IEnumerable<Use> FindUses(AssemblyDefinition assembly) =>
        from type in assembly.MainModule.GetTypes()
        where Root(type).Namespace.StartsWith("Pipewright", StringComparison.Ordinal)
        from used in FindUsedTypes(type)
        select new Use(Root(type).FullName, used);

    /// <summary>A nested type, a lambda's class and a generated state machine belong to the type that holds them.</summary>
    private static TypeReference Root(TypeReference type) => type.DeclaringType is null ? type : Root(type.DeclaringType);

    private static IEnumerable<string> FindUsedTypes(TypeDefinition type)
    {
        var references = new List<TypeReference?> { type.BaseType };
        references.AddRange(type.Interfaces.Select(i => i.InterfaceType));
        references.AddRange(type.Fields.Select(f => f.FieldType));
        references.AddRange(type.CustomAttributes.Select(a => a.AttributeType));
        foreach (var method in type.Methods)
        {
            references.Add(method.ReturnType);
            references.AddRange(method.Parameters.Select(p => p.ParameterType));
            references.AddRange(method.HasBody ? FindUsedTypes(method.Body) : []);
        }

        return references.OfType<TypeReference>().SelectMany(Flatten).Select(t => Root(t).FullName).Distinct();
    }

    private static IEnumerable<TypeReference?> FindUsedTypes(MethodBody body) => body.Variables.Select(v => v.VariableType)
        .Concat(body.Instructions.SelectMany(i => i.Operand switch
        {
            MethodReference method => [method.DeclaringType, method.ReturnType, .. method.Parameters.Select(p => p.ParameterType)],
            FieldReference field => [field.DeclaringType, field.FieldType],
            TypeReference type => [type],
            _ => Array.Empty<TypeReference>(),
        }));

    private static IEnumerable<TypeReference> Flatten(TypeReference type) => type switch
    {
        GenericInstanceType generic => generic.GenericArguments.SelectMany(Flatten).Append(generic.ElementType),
        TypeSpecification specification => Flatten(specification.ElementType),
        GenericParameter => [],
        _ => [type],
    };
}
