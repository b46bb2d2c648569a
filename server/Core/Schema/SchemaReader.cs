// Decodes types from the embedded schema, each when it is first asked for.
using System.Buffers.Binary;
using System.Collections.Immutable;
using System.IO.Compression;
using System.Text;

namespace Pipewright.Core.Schema;

internal sealed class SchemaReader
{
    private readonly byte[] _data;
    private readonly string?[] _strings;
    private readonly Lazy<SchemaType>?[] _types;
    private readonly string[]?[] _descriptions;
    private int _decodedTypes;

    /// <exception cref="InvalidDataException">The data is not a schema of this version.</exception>
    public SchemaReader(byte[] data)
    {
        _data = data;
        if (data.Length < sizeof(int) * (int)SchemaHeader.Length || Header(SchemaHeader.Magic) != SchemaFormat.Magic)
        {
            throw new InvalidDataException("The embedded schema is of another version than its reader.");
        }

        _strings = new string?[Header(SchemaHeader.StringCount)];
        _types = new Lazy<SchemaType>?[Header(SchemaHeader.TypeCount)];
        _descriptions = new string[]?[(Header(SchemaHeader.DescriptionCount) / SchemaFormat.DescriptionsPerBlock) + 1];
    }

    /// <summary>How many types have been decoded so far.</summary>
    public int DecodedTypes => _decodedTypes;

    public int TypeCount => _types.Length;

    /// <summary>The type of the whole resource of each kind.</summary>
    public ImmutableDictionary<ResourceKind, Lazy<ObjectType>> ReadResources()
    {
        var cursor = new Cursor(_data, Header(SchemaHeader.Resources));
        var resources = ImmutableDictionary.CreateBuilder<ResourceKind, Lazy<ObjectType>>();
        for (var count = cursor.Number(); count > 0; count--)
        {
            var kind = Enum.Parse<ResourceKind>(String(cursor.Number()));
            resources.Add(kind, Narrow(Type(cursor.Number())));
        }

        return resources.ToImmutable();
    }

    private int Header(SchemaHeader field) => Int32((int)field * sizeof(int));

    private int Int32(int position) => BinaryPrimitives.ReadInt32LittleEndian(_data.AsSpan(position));

    private string String(int id)
    {
        if (_strings[id] is { } known)
        {
            return known;
        }

        var index = Header(SchemaHeader.StringIndex) + (id * sizeof(int));
        var (start, end) = (Int32(index), Int32(index + sizeof(int)));
        return _strings[id] = Encoding.UTF8.GetString(_data, Header(SchemaHeader.StringText) + start, end - start);
    }

    private Lazy<SchemaType> Type(int id)
    {
        if (Volatile.Read(ref _types[id]) is { } known)
        {
            return known;
        }

        var created = new Lazy<SchemaType>(() => Decode(id));
        return Interlocked.CompareExchange(ref _types[id], created, null) ?? created;
    }

    private static Lazy<ObjectType> Narrow(Lazy<SchemaType> type) => new(() => (ObjectType)type.Value);

    private SchemaType Decode(int id)
    {
        Interlocked.Increment(ref _decodedTypes);
        var cursor = new Cursor(_data, Int32(Header(SchemaHeader.TypeIndex) + (id * sizeof(int))));
        return (SchemaRecord)cursor.Number() switch
        {
            SchemaRecord.Any => new AnyType { Name = SchemaFormat.KindWords[(int)ValueKind.Any] },
            SchemaRecord.Scalar => DecodeScalar(ref cursor),
            SchemaRecord.Array => DecodeArray(ref cursor),
            SchemaRecord.Object => DecodeObject(ref cursor),
            SchemaRecord.Union => DecodeUnion(ref cursor),
            var other => throw new InvalidDataException($"The embedded schema has a type record of the unknown kind {other}."),
        };
    }

    private ScalarType DecodeScalar(ref Cursor cursor)
    {
        var flags = (SchemaTypeFlags)cursor.Number();
        var kind = (ValueKind)cursor.Number();
        return new ScalarType
        {
            Name = SchemaFormat.KindWords[(int)kind],
            Kind = kind,
            IsExtensible = flags.HasFlag(SchemaTypeFlags.Extensible),
            AllowedValues = ReadStrings(ref cursor),
            SecretObjectType = flags.HasFlag(SchemaTypeFlags.Secret) ? Type(cursor.Number()) : null,
            Pattern = flags.HasFlag(SchemaTypeFlags.Pattern) ? String(cursor.Number()) : null,
            Minimum = flags.HasFlag(SchemaTypeFlags.Minimum) ? cursor.Signed() : null,
            Maximum = flags.HasFlag(SchemaTypeFlags.Maximum) ? cursor.Signed() : null,
        };
    }

    private ArrayType DecodeArray(ref Cursor cursor)
    {
        var flags = (SchemaTypeFlags)cursor.Number();
        return new ArrayType
        {
            Name = SchemaFormat.KindWords[(int)ValueKind.Array],
            ItemType = Type(cursor.Number()),
            MinimumLength = flags.HasFlag(SchemaTypeFlags.Minimum) ? cursor.Signed() : null,
            MaximumLength = flags.HasFlag(SchemaTypeFlags.Maximum) ? cursor.Signed() : null,
        };
    }

    private ObjectType DecodeObject(ref Cursor cursor)
    {
        var flags = (SchemaTypeFlags)cursor.Number();
        var name = String(cursor.Number());
        var discriminator = flags.HasFlag(SchemaTypeFlags.Discriminator) ? String(cursor.Number()) : null;
        var additional = flags.HasFlag(SchemaTypeFlags.Additional) ? Type(cursor.Number()) : null;
        var reference = flags.HasFlag(SchemaTypeFlags.Reference) ? ReadReference(ref cursor) : null;
        var description = flags.HasFlag(SchemaTypeFlags.Description) ? Description(cursor.Number()) : null;
        var wrapper = flags.HasFlag(SchemaTypeFlags.Wrapper) ? cursor.Number() : -1;
        var clashes = ReadStrings(ref cursor);
        var properties = ReadProperties(ref cursor);
        return new ObjectType
        {
            Name = name,
            Discriminator = discriminator,
            AdditionalProperties = additional,
            Reference = reference,
            LazyDescription = description,
            Properties = properties,
            Wrapper = wrapper < 0 ? null : properties[wrapper],
            WrapperClashes = clashes,
            IsDeprecated = flags.HasFlag(SchemaTypeFlags.Deprecated),
        };
    }

    private ReferenceSchema ReadReference(ref Cursor cursor)
    {
        var typeName = String(cursor.Number());
        var target = String(cursor.Number());
        return new ReferenceSchema(typeName, target == SchemaFormat.ExternalReference ? null : Enum.Parse<ResourceKind>(target));
    }

    private ImmutableArray<PropertySchema> ReadProperties(ref Cursor cursor)
    {
        var properties = ImmutableArray.CreateBuilder<PropertySchema>(cursor.Number());
        while (properties.Count < properties.Capacity)
        {
            properties.Add(ReadProperty(ref cursor));
        }

        return properties.MoveToImmutable();
    }

    private PropertySchema ReadProperty(ref Cursor cursor)
    {
        var flags = (SchemaPropertyFlags)cursor.Number();
        return new PropertySchema
        {
            Name = String(cursor.Number()),
            LazyType = Type(cursor.Number()),
            IsRequired = flags.HasFlag(SchemaPropertyFlags.Required),
            IsReadOnly = flags.HasFlag(SchemaPropertyFlags.ReadOnly),
            IsDeprecated = flags.HasFlag(SchemaPropertyFlags.Deprecated),
            WritesPlainExpression = flags.HasFlag(SchemaPropertyFlags.Plain),
            Expression = flags.HasFlag(SchemaPropertyFlags.Expression) ? (ValueKind)cursor.Number() : null,
            Default = flags.HasFlag(SchemaPropertyFlags.Default) ? String(cursor.Number()) : null,
            LazyDescription = flags.HasFlag(SchemaPropertyFlags.Description) ? Description(cursor.Number()) : null,
        };
    }

    private DiscriminatedType DecodeUnion(ref Cursor cursor)
    {
        var name = String(cursor.Number());
        var discriminator = String(cursor.Number());
        var baseType = Narrow(Type(cursor.Number()));
        var variants = ImmutableDictionary.CreateBuilder<string, Lazy<ObjectType>>(StringComparer.OrdinalIgnoreCase);
        for (var count = cursor.Number(); count > 0; count--)
        {
            variants.Add(String(cursor.Number()), Narrow(Type(cursor.Number())));
        }

        return new DiscriminatedType { Name = name, DiscriminatorName = discriminator, BaseType = baseType, Variants = variants.ToImmutable() };
    }

    private ImmutableArray<string> ReadStrings(ref Cursor cursor)
    {
        var strings = ImmutableArray.CreateBuilder<string>(cursor.Number());
        while (strings.Count < strings.Capacity)
        {
            strings.Add(String(cursor.Number()));
        }

        return strings.MoveToImmutable();
    }

    private Lazy<string?> Description(int id) => new(() =>
    {
        var (block, place) = int.DivRem(id, SchemaFormat.DescriptionsPerBlock);
        return (_descriptions[block] ??= ReadDescriptions(block))[place];
    });

    private string[] ReadDescriptions(int block)
    {
        var index = Header(SchemaHeader.DescriptionIndex) + (block * sizeof(int));
        var (start, end) = (Int32(index), Int32(index + sizeof(int)));
        var text = new byte[Int32(start)];
        return BrotliDecoder.TryDecompress(_data.AsSpan(start + sizeof(int), end - start - sizeof(int)), text, out var length)
            ? Encoding.UTF8.GetString(text, 0, length).Split(SchemaFormat.DescriptionSeparator)
            : throw new InvalidDataException("The descriptions of the embedded schema cannot be decompressed.");
    }

    /// <summary>A place in a record.</summary>
    private ref struct Cursor(ReadOnlySpan<byte> data, int position)
    {
        private readonly ReadOnlySpan<byte> _data = data;
        private int _position = position;

        /// <summary>An unsigned number of seven bits a byte, the lowest first.</summary>
        public int Number() => (int)Bits();

        /// <summary>A signed number, its sign in the lowest bit.</summary>
        public long Signed()
        {
            var bits = Bits();
            return (long)(bits >> 1) ^ -(long)(bits & 1);
        }

        private ulong Bits()
        {
            var bits = 0UL;
            for (var shift = 0; ; shift += 7)
            {
                var next = _data[_position++];
                bits |= (ulong)(next & 0x7F) << shift;
                if (next < 0x80)
                {
                    return bits;
                }
            }
        }
    }
}
