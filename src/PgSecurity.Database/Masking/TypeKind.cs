namespace PgSecurity.Database.Masking;

/// <summary>What a type is, as far as masks differ by it.</summary>
internal enum TypeKind
{
    Text,
    Number,
    Date,
    Boolean,
    Uuid,
    Bytes,
    Json,
    Network,
    Array,
    Other,
}
