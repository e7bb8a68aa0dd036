#nullable disable
namespace DotNetty.Compatibility.Tests.Surface.Samples;

public delegate int Reckoner(int value);
