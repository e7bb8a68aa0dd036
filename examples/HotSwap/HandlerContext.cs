using System.Reflection;
using System.Runtime.Loader;
using EsockdNetty;

namespace HotSwap;

/// <summary>One version of the handlers, which can be unloaded. What it refers to is the program's own: it shares its types.</summary>
internal sealed class HandlerContext(string version) : AssemblyLoadContext(version, isCollectible: true)
{
    /// <summary>Reads the assembly from a stream, so that its file can be replaced meanwhile.</summary>
    /// <exception cref="IOException">There is no such file.</exception>
    /// <exception cref="TypeLoadException">It has no entry.</exception>
    public PipelineInitializer Load(string path)
    {
        using FileStream file = File.OpenRead(path);
        Type entry = LoadFromStream(file).GetType("Handlers.Entry", throwOnError: true)!;
        MethodInfo add = entry.GetMethod("AddTo") ?? throw new MissingMethodException(entry.FullName, "AddTo");
        return add.CreateDelegate<PipelineInitializer>();
    }
}
