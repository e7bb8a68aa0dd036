namespace DotNetty.Compatibility.Tests.Packaging;

/// <summary>
/// The texts of the projects: a stand-in for the published DotNetty.Common, signed and with a type of ours in it; a library that was compiled
/// against it; an app that uses this library and our packages.
/// </summary>
internal static class SideBySideProjects
{
    public const string Properties = """
        <Project>
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <Nullable>enable</Nullable>
            <ImplicitUsings>enable</ImplicitUsings>
            <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
            <UseSharedCompilation>false</UseSharedCompilation>
            <UseAppHost>false</UseAppHost>
            <NuGetAudit>false</NuGetAudit>
          </PropertyGroup>
        </Project>
        """;

    public const string PackAll = """
        <Project DefaultTargets="Pack">
          <ItemGroup>
            <Library Include="$(Libraries)" />
          </ItemGroup>
          <Target Name="Pack">
            <MSBuild Projects="@(Library)" Targets="Pack" Properties="NoBuild=true" />
          </Target>
        </Project>
        """;

    /// <summary>Runs the packages' target alone, on references that only seem to be there, and writes those it leaves.</summary>
    public const string TargetAlone = """
        <Project DefaultTargets="FindReferenceAssembliesForReferences;Left">
          <Import Project="packed.targets" />
          <ItemGroup>
            <ReferencePathWithRefAssemblies Include="
              a/DotNetty.Common.dll;a/DotNetty.Buffers.dll;a/DotNetty.Transport.dll;a/DotNetty.Codecs.dll;a/DotNetty.Handlers.dll;
              b/EsockdNetty.DotNetty.Common.dll;b/DotNetty.Codecs.Http.dll;b/Common.dll;b/DotNetty.dll" />
            <ReferencePathWithRefAssemblies Include="c/DotNetty.Codecs.dll" Aliases="old" />
          </ItemGroup>
          <Target Name="FindReferenceAssembliesForReferences" />
          <Target Name="Left">
            <Message Importance="high" Text="left: @(ReferencePathWithRefAssemblies)" />
          </Target>
        </Project>
        """;

    public static IReadOnlyDictionary<string, string> Upstream { get; } = new Dictionary<string, string>
    {
        ["DotNetty.Common.csproj"] = """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <Version>0.7.6</Version>
                <SignAssembly>true</SignAssembly>
                <AssemblyOriginatorKeyFile>upstream.snk</AssemblyOriginatorKeyFile>
              </PropertyGroup>
            </Project>
            """,
        ["ReferenceCountUtil.cs"] = """
            namespace DotNetty.Common.Utilities;

            public static class ReferenceCountUtil
            {
                public static string Origin() => "the old package";
            }
            """,
    };

    public static IReadOnlyDictionary<string, string> ThirdParty { get; } = new Dictionary<string, string>
    {
        ["ThirdParty.csproj"] = """
            <Project Sdk="Microsoft.NET.Sdk">
              <ItemGroup>
                <PackageReference Include="DotNetty.Common" Version="0.7.6" />
              </ItemGroup>
            </Project>
            """,
        ["Library.cs"] = """
            using DotNetty.Common.Utilities;

            namespace ThirdParty;

            public static class Library
            {
                public static string Describe() => $"{ReferenceCountUtil.Origin()} from {typeof(ReferenceCountUtil).Assembly.FullName}";
            }
            """,
    };

    public static IReadOnlyDictionary<string, string> App { get; } = new Dictionary<string, string>
    {
        ["App.csproj"] = AppProject(""),
        ["Program.cs"] = """
            using System.Text;
            using DotNetty.Buffers;
            using DotNetty.Codecs;
            using DotNetty.Common.Utilities;
            using DotNetty.Transport.Channels.Embedded;

            var channel = new EmbeddedChannel(new LengthFieldBasedFrameDecoder(100, 0, 2, 0, 2));
            channel.WriteInbound(Unpooled.WrappedBuffer(new byte[] { 0, 4 }, Encoding.ASCII.GetBytes("ours")));
            IByteBuffer frame = channel.ReadInbound<IByteBuffer>();

            Console.WriteLine($"decoded {frame.ToString(Encoding.ASCII)}, released {ReferenceCountUtil.Release(frame)}");
            Console.WriteLine($"own {typeof(ReferenceCountUtil).Assembly.GetName().Name}");
            Console.WriteLine($"other {ThirdParty.Library.Describe()}");
            """,
    };

    /// <summary>The old package again, referenced by the app itself under a name of its own.</summary>
    public static IReadOnlyDictionary<string, string> AliasedApp { get; } = new Dictionary<string, string>
    {
        ["App.csproj"] = AppProject("""<PackageReference Include="DotNetty.Common" Version="0.7.6" Aliases="upstream" />"""),
        ["Program.cs"] = """
            extern alias upstream;

            using Old = upstream::DotNetty.Common.Utilities.ReferenceCountUtil;
            using Own = DotNetty.Common.Utilities.ReferenceCountUtil;

            Console.WriteLine($"{Own.Retain("own")}, {Old.Origin()}, {ThirdParty.Library.Describe()}");
            """,
    };

    private static string AppProject(string reference) => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="EsockdNetty" Version="*-*" />
            <PackageReference Include="ThirdParty" Version="1.0.0" />
            {reference}
          </ItemGroup>
        </Project>
        """;
}
