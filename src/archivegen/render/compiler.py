"""A template's syntax tree -> Python that does what Jinja's own does in a quarter of the time.

The root and the blocks of a template add to one list, where Jinja's are generators in generators; a text that needs no
escaping is put in as it is; what a macro gives is not looked over again; `_("words")` is looked up once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import FunctionType
from typing import Any, TypeGuard

from jinja2 import Environment, Template, nodes
from jinja2.compiler import CodeGenerator, Frame, find_undeclared
from jinja2.nodes import EvalContext
from jinja2.runtime import Context, exported
from jinja2.runtime import Macro as JinjaMacro
from jinja2.utils import missing
from markupsafe import Markup

from archivegen.render.escape import escape

__all__ = ["Compiler", "Macro", "PageContext", "call", "escape"]

# What the module of a template takes from this one in place of Jinja's own.
OURS = ("Macro", "call", "escape")


class _Names(dict[str, Any]):
    """All that a page's templates can name; what is not there is `missing`."""

    def __missing__(self, name: str) -> object:
        return missing


class PageContext(Context):
    """The names of a template, in one mapping."""

    def __init__(
        self,
        environment: Environment,
        parent: Mapping[str, Any],
        name: str | None,
        blocks: Mapping[str, Callable[..., Any]],
        globals: object = None,
    ) -> None:
        # All that Jinja's own sets; one is made for each page and each part that a page takes in.
        self.environment = environment
        self.name = name
        self.blocks = {block: [function] for block, function in blocks.items()}
        self.eval_ctx = EvalContext(environment, name)
        self.parent: dict[str, Any] = {}
        self.vars = _Names(parent)
        self.exported_vars: set[str] = set()
        self.globals_keys: set[str] = set()
        self.resolve_or_missing = self.vars.__getitem__  # type: ignore[method-assign, assignment]

    def including(self, template: Template, names: Mapping[str, Any]) -> PageContext:
        """Return the context of a template that this one takes in, where these names stand for something else."""
        if not names and hasattr(template.root_render_func, "names_nothing"):
            return self
        inner = PageContext(self.environment, self.vars, template.name, template.blocks)
        inner.vars.update((name, value) for name, value in names.items() if value is not missing)
        return inner


class Macro(JinjaMacro):
    """A macro that can be drawn without looking for what is seldom there."""

    def draw(self, context: Context, *given: Any, **named: Any) -> str:
        """Call the macro from a template."""
        lacking = self._argument_count - len(given)
        if lacking < 0 or named or self.explicit_caller or self.catch_kwargs or self.catch_varargs or self.caller:
            return self(context.eval_ctx, *given, **named)
        text = self._func(*given, *(missing,) * lacking)
        return str.__new__(Markup, text) if context.eval_ctx.autoescape else text


def call(context: Context, function: Any, *given: Any, **named: Any) -> Any:
    """Call what a template calls. Only what asks for the context needs the scopes that come along."""
    kind = type(function)
    if kind is not Macro and (kind is not FunctionType or hasattr(function, "jinja_pass_arg")):
        return context.call(function, *given, **named)
    named.pop("_block_vars", None)
    named.pop("_loop_vars", None)
    return function.draw(context, *given, **named) if kind is Macro else function(*given, **named)


class Compiler(CodeGenerator):
    """Writes the Python of a template."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        """Write the whole module: `root`, a function for each block, and what Jinja asks a module for."""
        for block in node.find_all(nodes.Block):
            if block.name in self.blocks:
                self.fail(f"block {block.name!r} defined twice", block.lineno)
            self.blocks[block.name] = block
        self.writeline("from jinja2.runtime import " + ", ".join(sorted(set(exported) - set(OURS))))
        self.writeline(f"from {__name__} import {', '.join(OURS)}")
        for found in node.find_all(nodes.ImportedName):
            if found.importname not in self.import_aliases:
                self.import_aliases[found.importname] = alias = self.temporary_identifier()
                module, _, name = found.importname.rpartition(".")
                self.writeline(f"from {module} import {name} as {alias}" if module else f"import {name} as {alias}")
        self.writeline(f"name = {self.name!r}")
        self._write_root(node)
        for block in self.blocks.values():
            self._write_block(block)
        self.writeline(f"blocks = {{{', '.join(f'{name!r}: block_{name}' for name in self.blocks)}}}", extra=1)
        self.writeline(f"debug_info = {'&'.join(f'{line}={place}' for line, place in self.debug_info)!r}")

    def _write_root(self, node: nodes.Template) -> None:
        extends = node.find(nodes.Extends) is not None
        frame = self._begin("root", node.body)
        frame.symbols.analyze_node(node)
        frame.toplevel = frame.rootlevel = True
        frame.require_output_check = extends
        if extends:
            self.writeline("parent_template = None")
        self.enter_frame(frame)
        self.pull_dependencies(node.body)
        self.blockvisit(node.body, frame)
        if extends:
            self.writeline("if parent_template is not None:")
            self.indent()
            self.writeline("parent_template.root_render_func(context, out)")
            self.outdent()
        self._end()
        if not extends and not self.blocks and not frame.symbols.stores:
            self.writeline("root.names_nothing = True")

    def _write_block(self, block: nodes.Block) -> None:
        frame = self._begin(f"block_{block.name}", block.body, block)
        frame.block_frame = True
        frame.block = block.name
        frame.symbols.analyze_node(block)
        self.writeline("_block_vars = {}")
        self.enter_frame(frame)
        self.pull_dependencies(block.body)
        self.blockvisit(block.body, frame)
        self._end()

    def _begin(self, function: str, body: Iterable[nodes.Node], node: nodes.Node | None = None) -> Frame:
        """Begin a function that adds to a list and returns it."""
        body = list(body)
        self.writeline(f"def {function}(context, out=None, missing=missing, environment=environment):", node, 1)
        self.indent()
        self.writeline("out = [] if out is None else out")
        self.writeline("resolve = context.resolve_or_missing")
        self.writeline("undefined = environment.undefined")
        self.writeline("concat = environment.concat")
        self.writeline("cond_expr_undefined = Undefined")
        frame = Frame(EvalContext(self.environment, self.name))
        frame.buffer = "out"
        undeclared = find_undeclared(body, ("self", "super"))
        if "self" in undeclared:
            self.writeline(f"{frame.symbols.declare_parameter('self')} = TemplateReference(context)")
        if "super" in undeclared and isinstance(node, nodes.Block):
            self.writeline(f"{frame.symbols.declare_parameter('super')} = context.super({node.name!r}, {function})")
        return frame

    def _end(self) -> None:
        self.writeline("return out")
        self.outdent()

    def blockvisit(self, body: Iterable[nodes.Node], frame: Frame) -> None:
        """Write statements, texts that stand side by side as one."""
        merged: list[nodes.Node] = []
        for node in body:
            if merged and isinstance(node, nodes.Output) and isinstance(merged[-1], nodes.Output):
                before = merged[-1]
                merged[-1] = nodes.Output([*before.nodes, *node.nodes], lineno=before.lineno)
            else:
                merged.append(node)
        super().blockvisit(merged, frame)

    def visit_Block(self, node: nodes.Block, frame: Frame) -> None:
        """Write where a block stands."""
        if frame.toplevel and self.has_known_extends:
            return
        conditional = frame.toplevel and self.extends_so_far > 0
        if conditional:
            self.writeline("if parent_template is None:")
            self.indent()
        if node.required:
            self.writeline(f"if len(context.blocks[{node.name!r}]) <= 1:", node)
            self.indent()
            self.writeline(f'raise TemplateRuntimeError("Required block {node.name!r} not found")', node)
            self.outdent()
        context = self.derive_context(frame) if node.scoped else self.get_context_ref()
        self.writeline(f"context.blocks[{node.name!r}][0]({context}, {frame.buffer})", node)
        if conditional:
            self.outdent()

    def visit_Include(self, node: nodes.Include, frame: Frame) -> None:
        """Write where another template is drawn."""
        if node.ignore_missing:
            self.writeline("try:")
            self.indent()
        is_name = isinstance(node.template, nodes.Const) and isinstance(node.template.value, str)
        self.writeline(f"template = environment.{'get_template' if is_name else 'get_or_select_template'}(", node)
        self.visit(node.template, frame)
        self.write(f", {self.name!r})")
        if node.ignore_missing:
            self.outdent()
            self.writeline("except TemplateNotFound:")
            self.indent()
            self.writeline("pass")
            self.outdent()
            self.writeline("else:")
            self.indent()
        if node.with_context:
            names = self.dump_local_context(frame)
            self.writeline(f"template.root_render_func(context.including(template, {names}), {frame.buffer})")
        else:
            self.writeline(f"{frame.buffer}.extend(template._get_default_module()._body_stream)")
        if node.ignore_missing:
            self.outdent()

    def _import_common(self, node: nodes.Import | nodes.FromImport, frame: Frame) -> None:
        """Write an import: without a context, all pages take in the same module."""
        if node.with_context:
            super()._import_common(node, frame)
            return
        self.write("environment.module_of(")
        self.visit(node.template, frame)
        self.write(")")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        """Write an attribute; only what has none of that name is asked in Jinja's way."""
        value, of = self.temporary_identifier(), self.temporary_identifier()
        self.write(f"({value} if ({value} := getattr(({of} := ")
        self.visit(node.node, frame)
        self.write(f"), {node.attr!r}, missing)) is not missing else environment.getattr({of}, {node.attr!r}))")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        """Write what stands before a value; what a filter gives as HTML is put in as it is."""
        if self._gives_html(node):
            self.filters[node.name] += ".html"
            self.write("(")
        else:
            super()._output_child_pre(node, frame, finalize)

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        super()._output_child_post(node, frame, finalize)
        if self._gives_html(node):
            self.filters[node.name] = self.filters[node.name].removesuffix(".html")

    def _gives_html(self, node: nodes.Expr) -> TypeGuard[nodes.Filter]:
        return isinstance(node, nodes.Filter) and hasattr(self.environment.filters.get(node.name), "html")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        """Write a call; of `_` its answer."""
        if (told := self._told(node)) is not None:
            self.write(repr(told))
            return
        if isinstance(node.node, nodes.ExtensionAttribute):  # Translated.form
            self.visit(node.node, frame)
            self.write("(")
            self.visit(node.args[0], frame)
            self.write(")")
            return
        self.write("call(context, ")
        self.visit(node.node, frame)
        scopes = {"_loop_vars": frame.loop_frame, "_block_vars": frame.block_frame, "caller": forward_caller}
        self.signature(node, frame, {name: name for name, is_there in scopes.items() if is_there})
        self.write(")")

    def _told(self, node: nodes.Call) -> str | None:
        match node:
            case nodes.Call(node=nodes.Name(name="_"), args=[nodes.Const(value=str(text))], kwargs=[]):
                return self.environment.tongue.gettext(text)  # type: ignore[attr-defined,no-any-return]
        return None
