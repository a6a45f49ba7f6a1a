namespace System.Runtime.CompilerServices;

/// <summary>Marks members that an initializer has to set, and the types that have some.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Field | AttributeTargets.Property, Inherited = false)]
internal sealed class RequiredMemberAttribute : Attribute;
