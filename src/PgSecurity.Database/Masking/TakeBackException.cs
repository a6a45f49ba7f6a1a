using System;

namespace PgSecurity.Database.Masking;

/// <summary>Ends an attempt that has done what it was for, so that all of it is taken back. Never leaves <see cref="MaskingDatabase"/>.</summary>
internal sealed class TakeBackException : Exception
{
}
